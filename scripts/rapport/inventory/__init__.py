"""What a file received holds, counted by readers that share nothing with what makes a contribution of it.

    reading       bytes → Inventory, by the format: docx, odt, rtf, typed (Markdown, plain text)
    web_page      the page of a message → Inventory
    contribution  the finished file in contributions/, read as the report reads it → Inventory
    typed_words   a contribution's body as typed → its words, each with its line, for `proof`
    account       the two laid side by side, with what the receipt names → Account

An Inventory is words, pictures, notes, tables, lists and headings, each by its own words. `intake` asks for the account
and prints it; nothing here may import it, nor `office` (`tests/test_architecture.py`): a mistake made there must not be
made again here. What is counted twice, or too much, in a contribution does no harm; what is missing is found.
"""
