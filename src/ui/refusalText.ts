/**
 * German for what the server refuses, by the code of the refusal: true of every case of that code, so without the numbers that the
 * server's own English sentence has. English shows that sentence. Apart from the first script; see errorText.ts.
 */
import { words } from "../language/language";

export const refusalText = words<Readonly<Record<string, string>>>({
  en: {},
  de: {
    // Accounts, people and stores.
    notSignedIn: "Melden Sie sich an, um weiterzumachen.",
    notAMember: "Sie gehören nicht zu diesem Shop. Bitten Sie einen Inhaber um eine Einladung.",
    roleTooLow: "Ihre Rolle erlaubt das nicht. Bitten Sie einen Inhaber des Shops.",
    signInInvalid: "Die Anmeldung war unvollständig. Geben Sie E-Mail-Adresse und Passwort ein.",
    signUpClosed:
      "Ein neues Konto gibt es hier nur mit einer Einladung. Bitten Sie den Inhaber des Shops um eine.",
    credentialsInvalid: "E-Mail-Adresse und Passwort passen hier zu keinem Konto. Prüfen Sie Ihre Eingabe.",
    emailInvalid: "Das ist keine E-Mail-Adresse. Prüfen Sie die Schreibweise.",
    emailNotConfigured:
      "Von hier werden keine E-Mails gesendet. Bitten Sie einen Inhaber Ihres Shops um einen Link.",
    passwordTooShort:
      "Dieses Passwort ist zu kurz. Nehmen Sie ein längeres, zum Beispiel vier Wörter, die nicht zusammengehören.",
    passwordTooLong: "Dieses Passwort ist zu lang. Nehmen Sie ein kürzeres.",
    passwordIsEmail: "Nehmen Sie ein Passwort, das nicht Ihre E-Mail-Adresse oder ihr Anfang ist.",
    passwordCommon:
      "Das ist eines der Passwörter, die zuerst probiert werden. Nehmen Sie ein anderes, zum Beispiel vier Wörter, die nicht zusammengehören.",
    tooManyAttempts:
      "Zu viele Versuche. Meist genügt es, eine Minute zu warten, und zehn Minuten bei einem Link zu einem neuen Passwort.",
    resetInvalid:
      "Dieser Link wurde schon benutzt, ist zu alt oder wurde durch einen neueren ersetzt. Bitten Sie um einen neuen.",
    resetNotAllowed:
      "Einen Link zu einem neuen Passwort kann für diese Person nur erstellen, wer diesen Dienst betreibt. Wenden Sie sich dorthin.",
    invitationInvalid:
      "Diese Einladung wurde schon benutzt, zurückgenommen oder ist zu alt. Bitten Sie um eine neue.",
    alreadyMember:
      "Sie gehören schon zu diesem Shop. Ein Inhaber kann Ihre Rolle in den Einstellungen ändern.",
    labelInvalid: "Schreiben Sie in wenigen Worten, für wen die Einladung ist.",
    lastOwner: "Ein Shop braucht einen Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.",
    nameInvalid: "Der Name des Shops fehlt oder ist zu lang. Geben Sie einen kurzen Namen ein.",

    // BrickLink and the settings.
    notConnected:
      "BrickLink ist nicht verbunden oder pausiert. Ein Inhaber kann es in den Einstellungen verbinden oder fortsetzen.",
    readOnly:
      "Dieser Shop wird nur gelesen. Ein Inhaber kann Änderungen bei BrickLink in den Einstellungen erlauben.",
    keyMissing: "Geben Sie alle vier Schlüssel ein: Einer fehlt oder ist zu lang.",
    credentialsKeyChanged:
      "Gerade wurde geändert, womit die Schlüssel verschlüsselt werden. Speichern Sie sie noch einmal.",
    callsUsedUp:
      "Alle BrickLink-Aufrufe der letzten 24 Stunden sind verbraucht. Testen Sie später noch einmal.",
    circuitOpen:
      "Bei BrickLink ist zu oft etwas fehlgeschlagen, um es jetzt zu fragen. In wenigen Minuten wird es von selbst wieder gefragt, und dann werden die Bestellungen abgeglichen.",
    outOfCalls:
      "Die Aufrufe dieses Tages an BrickLink sind fast verbraucht. Der Rest bleibt für neue Bestellungen. Versuchen Sie es später noch einmal.",
    alreadyRunning: "Das läuft schon. Warten Sie, bis es fertig ist; danach können Sie es wieder starten.",
    intervalInvalid: "Wählen Sie einen der angebotenen Abstände.",
    waitingLimitInvalid: "Diese Zahl von Stunden geht nicht. Wählen Sie eine andere ganze Zahl ab 1.",
    countryInvalid: "Wählen Sie das Land aus der Liste.",
    returnAddressTooLong: "Die Absenderadresse ist zu lang oder hat zu viele Zeilen. Kürzen Sie sie.",
    thanksTooLong: "Die Dankeszeile ist zu lang. Kürzen Sie sie.",
    praiseMissing: "Schreiben Sie, was in Ihrer positiven Bewertung stehen soll.",
    buyerMissing: "Geben Sie den Benutzernamen des Käufers ein.",

    // Orders, events and changes at BrickLink.
    notFound:
      "Das ist hier nicht vorhanden oder schon erledigt. Laden Sie die Seite neu und sehen Sie noch einmal nach.",
    tooMany:
      "Das sind zu viele. Wählen Sie weniger aus. Sind es Einladungen, nehmen Sie zuerst einige zurück; sind es Shops, verlassen Sie zuerst einen.",
    orderNumberInvalid: "Geben Sie die Bestellnummer so ein, wie BrickLink sie zeigt: nur Ziffern.",
    notRetryable: "Dieses Ereignis wird gerade geholt oder ist schon erledigt. Zu tun ist nichts.",
    notRefused: "Diese Änderung ist nicht mehr abgelehnt. Sehen Sie nach, wie sie jetzt steht.",
    commentMissing: "Schreiben Sie, was in der Bewertung stehen soll.",
    ownWordsMissing:
      "Das ist der Text Ihrer positiven Bewertung. Schreiben Sie in eigenen Worten, was nicht in Ordnung war.",
    shippingInvalid: "Wählen Sie Datum und Versandart noch einmal: Eines davon gibt es nicht.",
    tooLong: "Der Text ist zu lang. Kürzen Sie ihn.",
    bucketsInvalid: "Für diese Zeiträume kann der Server nichts zählen. Laden Sie die Seite neu.",

    // Picking and stock.
    notOpen:
      "Diese Bestellung ist nicht mehr offen, deshalb lassen sich ihre Positionen hier nicht mehr ändern. Sehen Sie sich die Bestellung noch einmal an.",
    unmatched:
      "Zu dieser Position gibt es kein passendes Lot, deshalb lässt sich ihr Bestand nicht berichtigen. Fehlt das Lot im Lager, kann ein Inhaber das Lager neu importieren.",
    badQuantity:
      "Diese Stückzahl geht bei dieser Position gerade nicht. Sehen Sie sich die Position noch einmal an.",
    walkInvalid: "So viele Bestellungen gehen nicht auf einem Rundgang. Wählen Sie weniger, mindestens eine.",
    quantityInvalid: "Geben Sie eine ganze Stückzahl ein, 0 oder mehr.",
    belowReserved:
      "Für Bestellungen sind mehr reserviert, deshalb können nicht so wenige auf Lager sein. Melden Sie die fehlenden Stücke in der Bestellung, die auf sie wartet.",
    changedMeanwhile:
      "Was auf Lager ist, hat sich inzwischen geändert. Sehen Sie noch einmal nach und geben Sie dann ein, was da ist.",
    noteTooLong: "Die Notiz ist zu lang. Kürzen Sie sie.",
    notUndoable:
      "Das ist schon rückgängig gemacht oder lässt sich nicht mehr rückgängig machen. Wenn der Bestand nicht stimmt, geben Sie ein, was auf Lager ist.",
  },
});
