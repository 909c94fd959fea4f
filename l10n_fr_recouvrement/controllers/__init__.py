from . import notice, post
