"""Who may do what, and where: rights by role, kept by a person's memberships. One door for all:
`user.has_perm("databank.change_entry", entry)`."""
