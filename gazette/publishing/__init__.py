"""From a built site to the public: destinations, releases, checks before anything is sent, verification."""
