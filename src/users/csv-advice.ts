import { isEmailAddress } from '../text/email-address.ts'
import { plainText } from '../text/plain-text.ts'
import type { CsvRow } from './csv-rows.ts'
import type { MessageQuotes } from './list-findings.ts'

/** A column with an unknown title. */
export interface UnknownColumn {
  readonly title: string
  readonly place: number
}

/** How many rows are examined. */
const SAMPLE_SIZE = 20

/** Dates of any kind, and what a spreadsheet makes of one. */
const DATE_LIKE =
  /^(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T\s].*)?|\d{1,2}[- ][a-z]{3,9}[- ]\d{2,4}|20\d{6}|now)$/i

/** Titles of dates on which someone leaves. */
const LEAVING_TITLE =
  /leav|last (?:working |work )?day|\bend(?:s|ed|ing|da)?\b|ende\b|exit|terminat|until|expir|resign|separat|\bdepart(?:ure|ed|s|ing)?\b|offboard|deactivat|disabl|suspend|deprovision|austritt|abgang|ausscheid|letzter|ablauf|kündig|\bfin\b|baja|salida|sortie|départ|uscita|vertrek|saída/i

/** Titles of dates on which something else happens. */
const OTHER_DATE_TITLE =
  /log ?(?:in|on|off)|sign(?:ed)? ?(?:in|on)|seen|activity|(?<!de)activat|last (?:active|access|used|use|contact|synced|sync)|accessed|creat|added|chang|modif|updat|edited|hire|start|beg(?:in|an|da)|join|onboard|born|birth|\bdob\b|gbdat|anniversary|seniority|tenure|service date|since|\bfrom\b|enrol|regist|invit|confirm|verified|approv|assign|issued|granted|request|submit|password|pwd|review|promot|transfer|compensation|salary|\bpay|probation|trial|vacation|holiday|on leave|leave of|leave (?:start|end|type|until)|absence|parental|maternity|sick|visa|licen[cs]e|certif|training|report|export|import|snapshot|as of|eintritt|einstellung|geburt|erstellt|angelegt|geändert|anmeldung|probezeit|urlaub|embauche|naissance|connexion|créé|nacimiento|ingreso|\balta\b|indiens|geboorte/i

/** Titles of columns with the status of an account or a person. */
const STATUS_TITLE =
  /status|state|enabled|active|suspended|archived|disabled|deleted|employment|account ?type|user ?type/i

/** Titles of addresses that belong to someone else, or that are not used to sign in. */
const OTHER_ADDRESS_TITLE =
  /manager|supervisor|boss|approver|sponsor|owner|assistant|reports? to|lead\b|mentor|request|recovery|personal|private|home|secondary|alternat|backup|emergency|contact|creat|chang|modif|updat|vorgesetzt|privat/i

/** The problem of a column without a title that is not blank, as the end of a sentence. */
export const UNTITLED_COLUMN =
  'a column without a title has something in it, which may be a date; give the column a title.'

/** A title as words in lower case: "lastLogin" and "LAST_LOGIN" are "last login". */
function wordsOf(title: string): string {
  return title
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[-_.\s]+/g, ' ')
    .toLowerCase()
}

function isOtherDate(title: string): boolean {
  return OTHER_DATE_TITLE.test(wordsOf(title))
}

function isStatus(title: string): boolean {
  return STATUS_TITLE.test(wordsOf(title)) && !isOtherDate(title)
}

/** The problem of a file without the column of addresses, with the line to write if the column is clear. */
export function noEmailColumn(
  titles: readonly string[],
  rows: readonly CsvRow[],
  emailColumn: string,
  quotes: MessageQuotes,
): string {
  if (titles.some((title) => title.includes('@'))) {
    return 'the first row must be a header, but it contains an address; add a line with the names of the columns above it, such as `email`.'
  }
  const [likely, ...others] = titles.filter((_title, place) => sampleOf(rows, place).some(isEmailAddress))
  const isClear = likely !== undefined && others.length === 0 && !OTHER_ADDRESS_TITLE.test(wordsOf(likely))
  const remedy = isClear
    ? `Set ${workflowLine('email-column', likely)}`
    : 'Set `email-column` to the one with the addresses that the users sign in with'
  const input = emailColumn.toLowerCase() === 'email' ? '' : ' (`email-column`)'
  return `no column is called ${quotes.name(emailColumn)}${input}. ${columnsText(titles, quotes)} ${remedy}, or add a header if the first row is none.`
}

/**
 * The problem of a file without a column of dates. A column is proposed only if it may say when users leave, and
 * `date-column: none` only where it does not revoke users who stay.
 *
 * @param unknown - the columns that the step does not name
 * @param rows - the first ones
 * @param isFiltered - whether the step selects rows
 * @returns the problem, if one of the columns may hold dates
 */
export function noDateColumn(
  unknown: readonly UnknownColumn[],
  rows: readonly CsvRow[],
  isFiltered: boolean,
  quotes: MessageQuotes,
): string[] {
  const columns = unknown.filter(({ title, place }) => title !== '' || sampleOf(rows, place).length > 0)
  if (columns.length === 0) return []
  if (columns.some(({ title }) => title === '')) return [UNTITLED_COLUMN]
  const names = columns.map(({ title }) => quotes.name(title)).join(', ')
  const possible = columns.filter(({ title }) => !isOtherDate(title))
  const dated = possible.filter(({ place }) => sampleOf(rows, place).some(isDateLike))
  // The column may have no dates yet.
  const named = possible.filter(
    (column) =>
      LEAVING_TITLE.test(wordsOf(column.title)) &&
      (dated.includes(column) || sampleOf(rows, column.place).length === 0),
  )
  const likely = (named.length > 0 ? named : dated).map(({ title }) => workflowLine('date-column', title))
  if (likely.length > 0) {
    return [
      `no column is called "revoke_after", so any of these may hold the dates on which users leave: ${names}. Set ${likely.join(' or ')}.`,
    ]
  }
  const status = columns.find(({ title }) => isStatus(title))?.title ?? 'COLUMN'
  const isStaff = columns.some(({ title }) => isOtherDate(title) || isStatus(title))
  const remedies = isFiltered
    ? ['set `date-column: none` to revoke the users of the selected rows.']
    : [
        `use a column that says who leaves, as in ${workflowLine('only-rows', `${status} = VALUE`)}.`,
        ...(isStaff ? [] : ['Only if everyone in the file is to be revoked now, set `date-column: none`.']),
      ]
  return [
    `no column is called "revoke_after", and none of these seems to say when users leave: ${names}. Add a column with the dates, or ${remedies.join(' ')}`,
  ]
}

/** The titles as a sentence. */
export function columnsText(titles: readonly string[], quotes: MessageQuotes): string {
  return `The columns are ${titles.map((title) => quotes.name(title)).join(', ')}.`
}

/** Warnings about columns that the step names, and whose titles say something else; each a full sentence. */
export function doubtfulColumns(
  email: string | undefined,
  date: string | undefined,
  quotes: MessageQuotes,
): string[] {
  return [
    ...(date !== undefined && isOtherDate(date)
      ? [
          `\`date-column\` is ${quotes.name(date)}, which does not seem to say when users leave. Users are revoked by its dates: if it holds logins or the like, remove it, and select the users who leave with \`only-rows\`.`,
        ]
      : []),
    ...(email !== undefined && OTHER_ADDRESS_TITLE.test(wordsOf(email))
      ? [
          `\`email-column\` is ${quotes.name(email)}, which does not seem to hold the addresses of the users who leave; check it, because the users with these addresses are revoked.`,
        ]
      : []),
  ]
}

/** Whether a cell holds a date, however it is written. */
export function isDateLike(cell: string): boolean {
  return DATE_LIKE.test(cell)
}

/** The line to write in the workflow, as code: `date-column: Last Day`. */
function workflowLine(input: string, title: string): string {
  const plain =
    /^\p{L}[\p{L}\p{Nd} ._/()[\]=-]*$/u.test(title) &&
    !/^(?:true|false|null|none|yes|no|on|off)$/i.test(title)
  return `\`${input}: ${plain ? title : plainText(JSON.stringify(title))}\``
}

/** What the first rows have in a column, blank cells left out. */
function sampleOf(rows: readonly CsvRow[], place: number): string[] {
  return rows
    .slice(0, SAMPLE_SIZE)
    .map(({ cells }) => cells[place] ?? '')
    .filter((cell) => cell !== '')
}
