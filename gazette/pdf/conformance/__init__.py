"""What PDF/UA and PDF/A ask for and WeasyPrint leaves out. Required: without it documents are wrong."""
