"""The stand-in's memory: what the repository holds, who is who, and who may do what."""
