from . import test_situation
