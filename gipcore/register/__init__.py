"""The registers of regions and offices: reading them, and finding a name in them."""
