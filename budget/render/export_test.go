package render

// Columns counts columns of a terminal.
var Columns = columnsOf
