"""WordprocessingML: the parts of a DOCX, made of a draft's closed tag set."""
