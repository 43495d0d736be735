package report

// RenderWith is Render with a given script instead of the built one.
var RenderWith = render

// Paper is a page of docs as HTML.
var Paper = paper
