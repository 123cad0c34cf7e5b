package pages

import (
	"html/template"
	"strconv"
	"text/template/parse"
)

// constants are what a page says the same in every answer in one language: a text of the catalogue without arguments, an
// icon, the address of a file. They are most of what a template calls, so they are called once, when it is read, and stand in
// it as text from then on. All of them are in elements and in quoted attributes, where HTML is escaped in one way.
type constants struct {
	texts map[string]func(string) string        // functions of a constant that return a text
	marks map[string]func(string) template.HTML // likewise, HTML
}

func (f *face) constants() constants {
	return constants{
		texts: map[string]func(string) string{
			"say":   func(text string) string { return f.Say(text) },
			"asset": assetPath,
		},
		marks: map[string]func(string) template.HTML{"icon": icon},
	}
}

// fold does so in every template of a set that has not been shown yet.
func (c constants) fold(t *template.Template) *template.Template {
	for _, one := range t.Templates() {
		if one.Tree != nil {
			c.foldList(one.Tree.Root)
		}
	}
	return t
}

func (c constants) foldList(list *parse.ListNode) {
	if list == nil {
		return
	}
	for n, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			if text, ok := c.html(node.Pipe); ok {
				list.Nodes[n] = &parse.TextNode{NodeType: parse.NodeText, Pos: node.Pos, Text: []byte(text)}
				continue
			}
			c.foldPipe(node.Pipe)
		case *parse.IfNode:
			c.foldBranch(&node.BranchNode)
		case *parse.RangeNode:
			c.foldBranch(&node.BranchNode)
		case *parse.WithNode:
			c.foldBranch(&node.BranchNode)
		case *parse.TemplateNode:
			c.foldPipe(node.Pipe)
		}
	}
}

func (c constants) foldBranch(b *parse.BranchNode) {
	c.foldPipe(b.Pipe)
	c.foldList(b.List)
	c.foldList(b.ElseList)
}

// foldPipe puts strings in the place of calls in brackets.
func (c constants) foldPipe(pipe *parse.PipeNode) {
	if pipe == nil {
		return
	}
	for _, cmd := range pipe.Cmds {
		for n, arg := range cmd.Args {
			inner, ok := arg.(*parse.PipeNode)
			if !ok {
				continue
			}
			if name, arg, ok := call(inner); ok && c.texts[name] != nil {
				text := c.texts[name](arg)
				cmd.Args[n] = &parse.StringNode{NodeType: parse.NodeString, Pos: inner.Pos, Quoted: strconv.Quote(text), Text: text}
				continue
			}
			c.foldPipe(inner)
		}
	}
}

// html is what a pipeline writes, if that is a constant.
func (c constants) html(pipe *parse.PipeNode) (string, bool) {
	name, arg, ok := call(pipe)
	switch {
	case !ok:
		return "", false
	case c.texts[name] != nil:
		return template.HTMLEscapeString(c.texts[name](arg)), true
	case c.marks[name] != nil:
		return string(c.marks[name](arg)), true
	}
	return "", false
}

// call is the function and the string of a pipeline that is nothing but a call of one with the other.
func call(pipe *parse.PipeNode) (name, arg string, ok bool) {
	if pipe == nil || len(pipe.Decl) > 0 || len(pipe.Cmds) != 1 || len(pipe.Cmds[0].Args) != 2 {
		return "", "", false
	}
	function, isFunction := pipe.Cmds[0].Args[0].(*parse.IdentifierNode)
	text, isText := pipe.Cmds[0].Args[1].(*parse.StringNode)
	if !isFunction || !isText {
		return "", "", false
	}
	return function.Ident, text.Text, true
}
