"""The declarations of the checks, one module a subject; found by the registry."""
