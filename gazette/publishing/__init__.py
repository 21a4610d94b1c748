"""The way of a built site to the public: destinations, releases, what is asked before anything leaves, verification."""
