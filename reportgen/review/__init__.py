"""The review: who checked what, where every number comes from, what counsel would object to."""
