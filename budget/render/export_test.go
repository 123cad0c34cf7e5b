package render

// Columns counts columns of a terminal, and Visible is what is shown of a name.
var (
	Columns = columnsOf
	Visible = visible
)
