"""What helps an office to write the content: values written into YAML, tables there and back."""
