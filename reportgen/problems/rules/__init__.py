"""What each code stands for: one module a room, in the order in which a file meets them."""
