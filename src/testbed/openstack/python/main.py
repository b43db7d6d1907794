"""The entry point of one of OpenStack's programs: Debian has them in packages that would start servers.

usage: main.py MODULE ARGUMENT...
"""
import importlib
import sys

module = importlib.import_module(sys.argv.pop(1))
sys.argv[0] = module.__name__
sys.exit(module.main())
