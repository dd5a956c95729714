"""One letter to many recipients: made side by side, and accounted for."""
