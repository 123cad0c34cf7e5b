package openapi

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"strconv"
	"strings"
)

// ReadComments reads the doc comments of the exported types, and of the fields, in a folder of Go files, and the values of
// the constants of text types. A program does it when it is built or tested: at run time the sources are not there.
func ReadComments(dir string) (Comments, error) {
	files := token.NewFileSet()
	//nolint:staticcheck // types are not needed, and files of all build tags are wanted
	packages, err := parser.ParseDir(files, dir,
		func(f fs.FileInfo) bool { return !strings.HasSuffix(f.Name(), "_test.go") }, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	all := Comments{}
	for name, pkg := range packages {
		for _, t := range doc.New(pkg, dir, doc.AllDecls).Types {
			all.add(name+"."+t.Name, t.Doc)
			for _, spec := range t.Decl.Specs {
				if s, ok := spec.(*ast.TypeSpec).Type.(*ast.StructType); ok {
					all.addFields(name+"."+t.Name, s)
				}
			}
			for _, c := range t.Consts {
				all.addValues(name+"."+t.Name, c.Decl)
			}
		}
	}
	return all, nil
}

// add keeps a comment as plain text of one paragraph a line.
func (c Comments) add(name, comment string) {
	if text := strings.TrimSpace(strings.Join(strings.Fields(comment), " ")); text != "" {
		c[name] = text
	}
}

func (c Comments) addFields(of string, s *ast.StructType) {
	for _, f := range s.Fields.List {
		for _, name := range f.Names {
			c.add(of+"."+name.Name, strings.TrimSpace(f.Doc.Text()+f.Comment.Text()))
		}
	}
}

// addValues keeps the texts of constants, each in a line, under the name of their type with a star.
func (c Comments) addValues(of string, decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		for _, value := range spec.(*ast.ValueSpec).Values {
			if lit, ok := value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil && text != "" {
					c[of+"*"] = strings.TrimPrefix(c[of+"*"]+"\n"+text, "\n")
				}
			}
		}
	}
}
