"""`python -m bot` is `smallprint`."""

from bot.cli import main

if __name__ == "__main__":
    main()
