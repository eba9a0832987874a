"""The commands of `foi`, by what they touch. Each is a few lines over other modules, imported only when it runs."""
