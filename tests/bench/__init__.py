"""How fast a build is, beside two other generators, on the same stories, the same pages and the same machine."""
