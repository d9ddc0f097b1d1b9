// Package parley holds the words of a contact center for written conversations:
// its things, their limits and their formats. It imports only the standard
// library and holds no behavior beyond validation, limits and formatting.
//
// Its file list is the glossary; docs/glossary.md says it in sentences.
package parley
