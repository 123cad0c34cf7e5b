package stmtcache

// MaxPerTx is how many statements a transaction keeps.
const MaxPerTx = maxPerTx

// Texts are the statements that a cache holds.
func Texts(c *Cache) map[string]bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	texts := map[string]bool{}
	for text := range c.byText {
		texts[text] = true
	}
	return texts
}
