package sentence

// ofTransfers are the sentences about copies, exports and imports of whole workspaces.
var ofTransfers = []Entry{}
