"""From content to targets: which files a site has, and the view of each. Knows no Jinja."""
