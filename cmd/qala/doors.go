package main

import "net/http"

// doors is the handler of everything that a server answers.
func (c *centre) doors() http.Handler {
	mux := http.NewServeMux()
	return mux
}
