// The file of brain.js for pages, which has no types of its own.

declare module 'brain.js/browser.js' {
  export { default } from 'brain.js'
}
