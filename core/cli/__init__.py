"""The command `charrnn`: the engine without a screen. It never imports Textual."""
