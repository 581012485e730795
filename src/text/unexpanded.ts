/** The contexts of GitHub's expressions that values are taken from. */
const EXPRESSION = /^(?:env|github|inputs|matrix|needs|secrets|steps|vars)\.[\w.-]+$/

/** A variable as a shell would read it, or an expression that nothing evaluated. */
const VARIABLE = /^\$(?:\w+|\{\w+\}|\{\{.*\}\})$/

/** Whether the text is the name of a value, such as `secrets.NAME` or `$NAME`, where the value itself was meant. */
export function isUnexpanded(text: string): boolean {
  return EXPRESSION.test(text) || VARIABLE.test(text)
}
