"""Bytes to a document with places, and a document to typed data: YAML, then JSON Schema."""
