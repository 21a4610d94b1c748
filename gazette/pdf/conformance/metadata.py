"""The claims in a document's metadata: that it conforms to PDF/A (for archives) and to PDF/UA (for screen readers).

WeasyPrint writes one claim. PDF/A does not know the properties of PDF/UA, so that the metadata have to describe them
(ISO 19005-2, 6.6.2.3).
"""

from __future__ import annotations

from typing import Any

ACCESSIBLE = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfuaid:part>1</pdfuaid:part>
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of ISO 14289 that the document conforms to</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

RELIES_ON = {
    "pydyf:PDF.__init__": "8688588de0e9",
    "pydyf:PDF.add_object": "ea4101f98d09",
    "pydyf:Stream.__init__": "0405172842ff",
    "pydyf:Stream.data": "f2ea8e376159",
    "weasyprint.pdf.metadata:DocumentMetadata.include_in_pdf": "8e6b34664c61",
}
"""What this uses of other libraries' insides, with digests of the sources (`pdf.sources`): where a `pydyf.PDF` keeps
its metadata, and that they are one text."""

_END = b"</rdf:RDF>"


def claim_accessibility(pdf: Any) -> None:
    """Add the claim to PDF/UA-1 to the metadata of a `pydyf.PDF` that claims PDF/A. The metadata are not compressed: an
    archive looks for them before it can read anything else."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (text,) = metadata.stream
    assert text.count(_END) == 1
    metadata.stream = [text.replace(_END, ACCESSIBLE + _END)]
    metadata.compress = False
