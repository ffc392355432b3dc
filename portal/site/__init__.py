"""Pages that belong to no slice: home, health, privacy, the gallery, the reader of the demo's mails."""
