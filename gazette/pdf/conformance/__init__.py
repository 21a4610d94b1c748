"""PDF/UA and PDF/A: what WeasyPrint leaves out of them. Required."""
