"""From a text of YAML to nodes that know their places, with all that is wrong with it as YAML."""
