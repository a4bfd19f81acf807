"""Search for a plan with fewer hours of shortage."""
