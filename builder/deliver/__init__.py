"""Values reach the world: files on disk. The only rooms, with load.disk and cli, that touch it."""
