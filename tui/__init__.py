"""The Textual app: it draws what the engine reports, and sends what the keys ask for."""
