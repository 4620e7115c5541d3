"""The board: what waits for a person in their regions, each with the list where they can act on it
(docs/editing.md). A room above adds its own by the hook `satama_board_item`."""
