from . import notice, portal, portal_home, post
