// Package records is what the export and the import both know about the records of a CRM: [Each] and [EachPage] walk
// through them, and [Row] is a cooperation as a row of an exported sheet. The import compares a row that carries the id
// of a cooperation with that row, to find what somebody has changed in the sheet.
package records
