"""What the words in cells and headings of tables mean; knows no records."""
