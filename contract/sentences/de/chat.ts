import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of conversations and models, in German. */
export const chat: Sentences = {
  'This conversation was not found.': 'Diese Unterhaltung wurde nicht gefunden.',
  'The answer failed. Try again.': 'Die Antwort ist fehlgeschlagen. Versuchen Sie es erneut.',
  'The server is stopping; connect again.': 'Der Server wird beendet; verbinden Sie sich neu.',
  'This agent was not found.': 'Dieser Agent wurde nicht gefunden.',
  'One of these conversations was not found.': 'Eine dieser Unterhaltungen wurde nicht gefunden.',
  'This call was not found.': 'Dieser Aufruf wurde nicht gefunden.',
  'The server stopped while it was answering. Ask again to get the whole answer.':
    'Der Server wurde während der Antwort beendet. Fragen Sie noch einmal, um die ganze Antwort zu erhalten.',
  'The answer failed.': 'Die Antwort ist fehlgeschlagen.',
  'A temporary conversation is not kept, so it has no place in a list.':
    'Eine temporäre Unterhaltung wird nicht aufbewahrt und hat deshalb keinen Platz in einer Liste.',
  'There is no such temporary conversation.': 'Es gibt keine solche temporäre Unterhaltung.',
  'Many searches of yours are under way already. Wait a moment, then try again.':
    'Viele Ihrer Suchen laufen schon. Warten Sie einen Moment und versuchen Sie es dann erneut.',
  'The server stopped while it was answering.': 'Der Server wurde während der Antwort beendet.',
  'This agent was not found, or you may not use it any more.':
    'Dieser Agent wurde nicht gefunden, oder Sie dürfen ihn nicht mehr benutzen.',
  'This agent is stopped. It answers again once an admin lets it go on.':
    'Dieser Agent ist angehalten. Er antwortet wieder, sobald ein Admin ihn weiterarbeiten lässt.',
  'This conversation does not exist any more.': 'Diese Unterhaltung gibt es nicht mehr.',
  '{{maxQueueLength}} messages are waiting already. Wait for an answer first.':
    'Es warten schon {{maxQueueLength}} Nachrichten. Warten Sie zuerst eine Antwort ab.',
  'Your conversations and files may take {{limit}} altogether, and this message does not fit in any more. Delete conversations that you no longer need.':
    'Ihre Unterhaltungen und Dateien dürfen zusammen {{limit}} belegen, und diese Nachricht passt nicht mehr hinein. Löschen Sie Unterhaltungen, die Sie nicht mehr brauchen.',
  'An attached file was not found, or was sent before. Attach it again.':
    'Eine angehängte Datei wurde nicht gefunden oder schon gesendet. Hängen Sie sie noch einmal an.',
  'Something went wrong on the server while answering. Try again.':
    'Beim Antworten ist auf dem Server etwas schiefgegangen. Versuchen Sie es erneut.',
  'You cannot use this agent any more.': 'Sie können diesen Agenten nicht mehr benutzen.',
  'This tool call was not found, or is not yours to decide.':
    'Dieser Werkzeugaufruf wurde nicht gefunden, oder Sie haben nicht über ihn zu entscheiden.',
  'The time to decide about this tool call has run out.':
    'Die Zeit, über diesen Werkzeugaufruf zu entscheiden, ist abgelaufen.',
  'This tool call was approved already.': 'Diesem Werkzeugaufruf wurde schon zugestimmt.',
  'This tool call was denied already.': 'Dieser Werkzeugaufruf wurde schon abgelehnt.',
  'The answer was stopped, so this tool call does not wait any more.':
    'Die Antwort wurde angehalten, deshalb wartet dieser Werkzeugaufruf nicht mehr.',
  'You denied this call.': 'Sie haben diesen Aufruf abgelehnt.',
  'Nobody approved this call in time.': 'Niemand hat diesem Aufruf rechtzeitig zugestimmt.',
  'Wait until the answer is there, or stop it.': 'Warten Sie, bis die Antwort da ist, oder halten Sie sie an.',
  'The server is restarting. Send it again in a moment.': 'Der Server startet neu. Senden Sie es gleich noch einmal.',
  'Only those who may edit this agent choose another model for an answer.':
    'Nur wer diesen Agenten bearbeiten darf, wählt für eine Antwort ein anderes Modell.',
  'No configured provider offers this model.': 'Kein eingerichteter Anbieter bietet dieses Modell an.',
  'Too many conversations wait for a title.': 'Zu viele Unterhaltungen warten auf einen Titel.',
  'Stopped before it ended.': 'Vor dem Ende angehalten.',
  'Too many messages. Wait 1 second, then send it again.':
    'Zu viele Nachrichten. Warten Sie 1 Sekunde und senden Sie sie dann erneut.',
  'Too many messages. Wait {{count}} seconds, then send it again.':
    'Zu viele Nachrichten. Warten Sie {{count}} Sekunden und senden Sie sie dann erneut.',
  'This agent has no model yet: an admin needs to connect a provider first.':
    'Dieser Agent hat noch kein Modell: Ein Admin muss zuerst einen Anbieter verbinden.',
  'The server stopped before it ended.': 'Der Server wurde vor dem Ende des Aufrufs beendet.',
  'A message has at most {{limit}} characters. Shorten it, or attach it as a file.':
    'Eine Nachricht hat höchstens {{limit}} Zeichen. Kürzen Sie sie, oder hängen Sie sie als Datei an.',
  'A message needs text or an attachment.': 'Eine Nachricht braucht Text oder einen Anhang.',
  'Your session has ended.': 'Ihre Sitzung ist zu Ende.',
  'Something went wrong on the server. Try again.': 'Auf dem Server ist etwas schiefgegangen. Versuchen Sie es erneut.',
  'Too many frames at once; some were dropped. Slow down.':
    'Zu viele Nachrichten auf einmal; einige wurden verworfen. Bitte langsamer.',
  'The conversation moves too fast to read it. Try again.':
    'Die Unterhaltung ändert sich zu schnell, um sie zu lesen. Versuchen Sie es erneut.',
  'Too slow to follow; connect again.': 'Zu langsam, um zu folgen; verbinden Sie sich neu.',
  'The message to go back from was not found in this conversation.':
    'Die Nachricht, von der aus zurückgegangen werden soll, wurde in dieser Unterhaltung nicht gefunden.',
  'Much of yours is being read already. Wait a moment, then try again.':
    'Von Ihnen wird schon vieles gelesen. Warten Sie einen Moment und versuchen Sie es dann erneut.',
  'This socket came from another site and was refused.':
    'Diese Verbindung kam von einer anderen Website und wurde abgelehnt.',
  'Too many open sockets. Close some tabs, then try again.':
    'Zu viele offene Verbindungen. Schließen Sie einige Tabs und versuchen Sie es dann erneut.',
  "{{providerNames}} does not allow this account to do that{{words}}. Check the key's permissions and the account's plan.":
    '{{providerNames}} erlaubt diesem Konto das nicht{{words}}. Prüfen Sie die Rechte des Schlüssels und den Tarif des Kontos.',
  'This model cannot use tools. Choose another model, or take the tools away from the agent.':
    'Dieses Modell kann keine Werkzeuge benutzen. Wählen Sie ein anderes Modell, oder nehmen Sie dem Agenten die Werkzeuge.',
  '{{providerNames}} is overloaded or has a fault right now{{reason}}. Try again in a moment.':
    '{{providerNames}} ist gerade überlastet oder gestört{{reason}}. Versuchen Sie es gleich noch einmal.',
  '{{providerNames}} refused the request{{words}}.': '{{providerNames}} hat die Anfrage abgelehnt{{words}}.',
  'Choose a smaller model in the agent’s settings, or give the machine of Ollama what it needs.':
    'Wählen Sie in den Einstellungen des Agenten ein kleineres Modell, oder geben Sie dem Rechner von Ollama, was er braucht.',
  'Choose another model in the agent’s settings.': 'Wählen Sie in den Einstellungen des Agenten ein anderes Modell.',
  'The answer of {{providerNames}} broke off before its end. Try again in a moment.':
    'Die Antwort von {{providerNames}} brach vor ihrem Ende ab. Versuchen Sie es gleich noch einmal.',
  '{{providerNames}} did not answer in time. Try again in a moment.':
    '{{providerNames}} hat nicht rechtzeitig geantwortet. Versuchen Sie es gleich noch einmal.',
  '{{providerNames}} answered with a redirect, which is not followed. Enter the address it finally leads to.':
    '{{providerNames}} hat mit einer Weiterleitung geantwortet, der nicht gefolgt wird. Geben Sie die Adresse ein, zu der sie schließlich führt.',
  'Something answers at this address, but it does not speak like Ollama. Check the address and the port.':
    'An dieser Adresse antwortet etwas, aber nicht wie Ollama. Prüfen Sie Adresse und Port.',
  '{{providerNames}} sent an answer that could not be understood. Try again in a moment.':
    '{{providerNames}} hat eine Antwort gesendet, die nicht zu verstehen war. Versuchen Sie es gleich noch einmal.',
  'The provider answers, but offers this account no model that chats.':
    'Der Anbieter antwortet, bietet diesem Konto aber kein Modell zum Unterhalten an.',
  'The server at the address in {{addressVariables}} has no list of models like {{providerNames}}’s. Check the address: it is the one to which /models is added.':
    'Der Server an der Adresse in {{addressVariables}} hat keine Liste von Modellen wie die von {{providerNames}}. Prüfen Sie die Adresse: Es ist die, an die /models angehängt wird.',
  'The answer broke off.': 'Die Antwort brach ab.',
  'The address must not have a ? or # part.': 'Die Adresse darf keinen Teil mit ? oder # haben.',
  'The {{name}} account is out of credit or over its quota.':
    'Das Konto bei {{name}} hat kein Guthaben mehr oder sein Kontingent ist erschöpft.',
  '{{providerNames}} cannot run this model{{words}}.': '{{providerNames}} kann dieses Modell nicht ausführen{{words}}.',
  'Add credits under Billing in the Anthropic console.':
    'Laden Sie in der Anthropic-Konsole unter Billing Guthaben auf.',
  'Add credits under Billing in the OpenAI platform settings.':
    'Laden Sie in den Einstellungen der OpenAI-Plattform unter Billing Guthaben auf.',
  'Check the plan and quotas of the project in Google AI Studio.':
    'Prüfen Sie Tarif und Kontingente des Projekts in Google AI Studio.',
  'Wait until the limit resets or upgrade the plan on ollama.com.':
    'Warten Sie, bis das Limit zurückgesetzt wird, oder wechseln Sie auf ollama.com den Tarif.',
  'Check the limits of the server.': 'Prüfen Sie die Grenzen des Servers.',
  '{{name}} wants a sign-in at this address. Check the address, or {{keyPages}}.':
    '{{name}} verlangt an dieser Adresse eine Anmeldung. Prüfen Sie die Adresse oder {{keyPages}}.',
  '{{name}} rejected this API key. Check that it was copied whole and is still active in {{keyPages}}.':
    '{{name}} hat diesen API-Schlüssel abgelehnt. Prüfen Sie, ob er ganz kopiert wurde, und {{keyPages}}, ob er noch gültig ist.',
  '{{name}} is receiving too many requests from this account right now. Try again in a moment.':
    '{{name}} erhält gerade zu viele Anfragen von diesem Konto. Versuchen Sie es gleich noch einmal.',
  "{{model}} is not installed in Ollama. Pull it there, or choose another model in the agent's settings.":
    '{{model}} ist in Ollama nicht installiert. Laden Sie es dort, oder wählen Sie in den Einstellungen des Agenten ein anderes Modell.',
  "{{model}} is not available from {{name}} for this account. Choose another model in the agent's settings.":
    '{{model}} ist bei {{name}} für dieses Konto nicht verfügbar. Wählen Sie in den Einstellungen des Agenten ein anderes Modell.',
  'The conversation is longer than this model can read. Start a new conversation, or choose a model with a larger context.':
    'Die Unterhaltung ist länger, als dieses Modell lesen kann. Beginnen Sie eine neue Unterhaltung, oder wählen Sie ein Modell mit größerem Kontext.',
  'Ollama cannot be reached. Check that it is running and that the address is right.':
    'Ollama ist nicht erreichbar. Prüfen Sie, ob es läuft und ob die Adresse stimmt.',
  '{{name}} cannot be reached right now. Try again in a moment.':
    '{{name}} ist gerade nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  'The answer was stopped.': 'Die Antwort wurde angehalten.',
  '{{name}} could not answer this request.': '{{name}} konnte diese Anfrage nicht beantworten.',
  'Something went wrong while answering. Try again; if it keeps happening, ask an administrator.':
    'Beim Antworten ist etwas schiefgegangen. Versuchen Sie es erneut; wenn es wieder geschieht, fragen Sie einen Admin.',
  'The answer did not come to an end and was stopped. Ask again, or choose another model.':
    'Die Antwort kam zu keinem Ende und wurde angehalten. Fragen Sie noch einmal, oder wählen Sie ein anderes Modell.',
  'The model gave an empty answer. Try again, or choose another model.':
    'Das Modell gab eine leere Antwort. Versuchen Sie es erneut, oder wählen Sie ein anderes Modell.',
  'This conversation is longer than the model can read, and the model gave no whole summary of it. Start a new conversation, or choose a model with a larger context.':
    'Diese Unterhaltung ist länger, als das Modell lesen kann, und es gab keine ganze Zusammenfassung davon. Beginnen Sie eine neue Unterhaltung, oder wählen Sie ein Modell mit größerem Kontext.',
  'The OpenClaw Gateway could not answer. Try again; its log says why.':
    'Das OpenClaw-Gateway konnte nicht antworten. Versuchen Sie es erneut; sein Protokoll sagt, warum.',
  'The answer was stopped in the OpenClaw Gateway. Ask again to get the whole answer.':
    'Die Antwort wurde im OpenClaw-Gateway angehalten. Fragen Sie noch einmal, um die ganze Antwort zu erhalten.',
  'The model took too long, and the OpenClaw Gateway stopped waiting for it. Ask again in a moment.':
    'Das Modell brauchte zu lange, und das OpenClaw-Gateway hat nicht länger gewartet. Fragen Sie gleich noch einmal.',
  'The agent decided that there is nothing to answer. Ask again, and say what you want to know.':
    'Der Agent hat entschieden, dass es nichts zu antworten gibt. Fragen Sie noch einmal und sagen Sie, was Sie wissen möchten.',
  'Its outcome never arrived. It may have been done.': 'Sein Ergebnis kam nie an. Er kann ausgeführt worden sein.',
  '{{name}} refused the key or its quota a moment ago, so the OpenClaw Gateway does not ask it again for about 1 minute. An admin can check the key under Settings → Providers.':
    '{{name}} hat vor Kurzem den Schlüssel oder sein Kontingent abgelehnt, deshalb fragt das OpenClaw-Gateway etwa 1 Minute lang nicht mehr an. Ein Admin kann den Schlüssel unter Einstellungen → Anbieter prüfen.',
  '{{name}} refused the key or its quota a moment ago, so the OpenClaw Gateway does not ask it again for about {{count}} minutes. An admin can check the key under Settings → Providers.':
    '{{name}} hat vor Kurzem den Schlüssel oder sein Kontingent abgelehnt, deshalb fragt das OpenClaw-Gateway etwa {{count}} Minuten lang nicht mehr an. Ein Admin kann den Schlüssel unter Einstellungen → Anbieter prüfen.',
  'The OpenClaw Gateway could not ask Pinchy about this answer. Try again; if it stays so, an admin can check the address and the token that the gateway has for Pinchy.':
    'Das OpenClaw-Gateway konnte Pinchy nicht nach dieser Antwort fragen. Versuchen Sie es erneut; wenn es so bleibt, kann ein Admin Adresse und Token prüfen, die das Gateway für Pinchy hat.',
  'The OpenClaw Gateway that runs the agents is being restarted. Try again in a few minutes.':
    'Das OpenClaw-Gateway, in dem die Agenten laufen, startet neu. Versuchen Sie es in ein paar Minuten erneut.',
  'The OpenClaw Gateway that runs the agents cannot be reached. Try again in a moment.':
    'Das OpenClaw-Gateway, in dem die Agenten laufen, ist nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  'This message was not found among what is shown.':
    'Diese Nachricht wurde unter dem, was gezeigt wird, nicht gefunden.',
  'This cannot be allowed for a whole conversation. Decide about this call alone.':
    'Das kann nicht für eine ganze Unterhaltung erlaubt werden. Entscheiden Sie nur über diesen Aufruf.',
  'This was not found, or was taken back already.': 'Das wurde nicht gefunden oder schon zurückgenommen.',
};
