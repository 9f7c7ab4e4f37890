"""`python main.py COMMAND`; `python main.py --help` lists the commands."""

from pipeline.cli import main

if __name__ == "__main__":
    main()
