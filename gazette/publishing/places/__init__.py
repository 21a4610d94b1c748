"""Where a site can be published: folders, servers, stores of objects, packages; each by its own protocol."""
