"""Bags (RFC 8493): written and read, with their manifests, and packed to be handed over."""
