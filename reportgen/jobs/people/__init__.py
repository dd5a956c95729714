"""Who somebody is: who speaks, who signs with which key, to whom one writes."""
