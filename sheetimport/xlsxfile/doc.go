// Package xlsxfile reads a sheet from an Excel workbook (.xlsx).
//
// [New] returns a sheet.Source; [Options] name the tab, where the first one with a header is not the one that is meant.
// [Parse] does the same for bytes that are in memory. Nothing is evaluated and no link is followed.
//
// # Design
//
// What a cell shows comes from excelize, which is given a workbook of the parts alone that it needs, under the names of
// Excel. What lies behind it, which excelize does not tell while it streams rows, is read from the parts of the file
// beside it. This is the only package of the import that needs excelize, so that programs which import from other
// sources do not carry it.
//
// A workbook is untrusted input: sizes are checked before anything is unpacked, and a panic of excelize is an error of
// the file.
package xlsxfile
