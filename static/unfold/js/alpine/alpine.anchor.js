// Left out: no page of ours uses Alpine's x-anchor.
