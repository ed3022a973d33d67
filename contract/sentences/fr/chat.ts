import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of conversations and models, in French. */
export const chat: Sentences = {
  'This conversation was not found.': 'Cette conversation est introuvable.',
  'The answer failed. Try again.': 'La réponse a échoué. Réessayez.',
  'The server is stopping; connect again.': 'Le serveur s’arrête ; reconnectez-vous.',
  'This agent was not found.': 'Cet agent est introuvable.',
  'One of these conversations was not found.': 'L’une de ces conversations est introuvable.',
  'This call was not found.': 'Cet appel est introuvable.',
  'The server stopped while it was answering. Ask again to get the whole answer.':
    'Le serveur s’est arrêté pendant qu’il répondait. Redemandez pour obtenir la réponse entière.',
  'The answer failed.': 'La réponse a échoué.',
  'A temporary conversation is not kept, so it has no place in a list.':
    'Une conversation temporaire n’est pas conservée, elle n’a donc pas de place dans une liste.',
  'There is no such temporary conversation.': 'Cette conversation temporaire n’existe pas.',
  'Many searches of yours are under way already. Wait a moment, then try again.':
    'Beaucoup de vos recherches sont déjà en cours. Attendez un instant, puis réessayez.',
  'The server stopped while it was answering.': 'Le serveur s’est arrêté pendant qu’il répondait.',
  'This agent was not found, or you may not use it any more.':
    'Cet agent est introuvable, ou vous ne pouvez plus l’utiliser.',
  'This agent is stopped. It answers again once an admin lets it go on.':
    'Cet agent est arrêté. Il répondra de nouveau dès qu’un administrateur le laissera reprendre.',
  'This conversation does not exist any more.': 'Cette conversation n’existe plus.',
  '{{maxQueueLength}} messages are waiting already. Wait for an answer first.':
    '{{maxQueueLength}} messages attendent déjà. Attendez d’abord une réponse.',
  'Your conversations and files may take {{limit}} altogether, and this message does not fit in any more. Delete conversations that you no longer need.':
    'Vos conversations et fichiers peuvent occuper {{limit}} en tout, et ce message n’y tient plus. Supprimez des conversations dont vous n’avez plus besoin.',
  'An attached file was not found, or was sent before. Attach it again.':
    'Un fichier joint est introuvable, ou a déjà été envoyé. Joignez-le de nouveau.',
  'Something went wrong on the server while answering. Try again.':
    'Une erreur s’est produite sur le serveur pendant la réponse. Réessayez.',
  'You cannot use this agent any more.': 'Vous ne pouvez plus utiliser cet agent.',
  'This tool call was not found, or is not yours to decide.':
    'Cet appel d’outil est introuvable, ou il ne vous revient pas d’en décider.',
  'The time to decide about this tool call has run out.': 'Le délai pour décider de cet appel d’outil est écoulé.',
  'This tool call was approved already.': 'Cet appel d’outil a déjà été approuvé.',
  'This tool call was denied already.': 'Cet appel d’outil a déjà été refusé.',
  'The answer was stopped, so this tool call does not wait any more.':
    'La réponse a été arrêtée, cet appel d’outil n’attend donc plus.',
  'You denied this call.': 'Vous avez refusé cet appel.',
  'Nobody approved this call in time.': 'Personne n’a approuvé cet appel à temps.',
  'Wait until the answer is there, or stop it.': 'Attendez que la réponse soit là, ou arrêtez-la.',
  'The server is restarting. Send it again in a moment.': 'Le serveur redémarre. Renvoyez-le dans un instant.',
  'Only those who may edit this agent choose another model for an answer.':
    'Seuls ceux qui peuvent modifier cet agent choisissent un autre modèle pour une réponse.',
  'No configured provider offers this model.': 'Aucun fournisseur configuré ne propose ce modèle.',
  'Too many conversations wait for a title.': 'Trop de conversations attendent un titre.',
  'Stopped before it ended.': 'Arrêté avant la fin.',
  'Too many messages. Wait 1 second, then send it again.': 'Trop de messages. Attendez 1 seconde, puis renvoyez-le.',
  'Too many messages. Wait {{count}} seconds, then send it again.':
    'Trop de messages. Attendez {{count}} secondes, puis renvoyez-le.',
  'This agent has no model yet: an admin needs to connect a provider first.':
    'Cet agent n’a pas encore de modèle : un administrateur doit d’abord connecter un fournisseur.',
  'The server stopped before it ended.': 'Le serveur s’est arrêté avant la fin.',
  'A message has at most {{limit}} characters. Shorten it, or attach it as a file.':
    'Un message a au plus {{limit}} caractères. Raccourcissez-le, ou joignez-le en fichier.',
  'A message needs text or an attachment.': 'Un message a besoin d’un texte ou d’une pièce jointe.',
  'Your session has ended.': 'Votre session est terminée.',
  'Something went wrong on the server. Try again.': 'Une erreur s’est produite sur le serveur. Réessayez.',
  'Too many frames at once; some were dropped. Slow down.':
    'Trop de messages à la fois ; certains ont été écartés. Ralentissez.',
  'The conversation moves too fast to read it. Try again.':
    'La conversation change trop vite pour être lue. Réessayez.',
  'Too slow to follow; connect again.': 'Trop lent pour suivre ; reconnectez-vous.',
  'The message to go back from was not found in this conversation.':
    'Le message à partir duquel revenir est introuvable dans cette conversation.',
  'Much of yours is being read already. Wait a moment, then try again.':
    'Beaucoup de choses vous concernant sont déjà en cours de lecture. Attendez un instant, puis réessayez.',
  'This socket came from another site and was refused.': 'Cette connexion venait d’un autre site et a été refusée.',
  'Too many open sockets. Close some tabs, then try again.':
    'Trop de connexions ouvertes. Fermez quelques onglets, puis réessayez.',
  "{{providerNames}} does not allow this account to do that{{words}}. Check the key's permissions and the account's plan.":
    '{{providerNames}} ne permet pas cela à ce compte{{words}}. Vérifiez les droits de la clé et l’offre du compte.',
  'This model cannot use tools. Choose another model, or take the tools away from the agent.':
    'Ce modèle ne peut pas utiliser d’outils. Choisissez un autre modèle, ou retirez les outils à l’agent.',
  '{{providerNames}} is overloaded or has a fault right now{{reason}}. Try again in a moment.':
    '{{providerNames}} est surchargé ou en panne en ce moment{{reason}}. Réessayez dans un instant.',
  '{{providerNames}} refused the request{{words}}.': '{{providerNames}} a refusé la requête{{words}}.',
  'Choose a smaller model in the agent’s settings, or give the machine of Ollama what it needs.':
    'Choisissez un modèle plus petit dans les paramètres de l’agent, ou donnez à la machine d’Ollama ce qu’il lui faut.',
  'Choose another model in the agent’s settings.': 'Choisissez un autre modèle dans les paramètres de l’agent.',
  'The answer of {{providerNames}} broke off before its end. Try again in a moment.':
    'La réponse de {{providerNames}} s’est interrompue avant la fin. Réessayez dans un instant.',
  '{{providerNames}} did not answer in time. Try again in a moment.':
    '{{providerNames}} n’a pas répondu à temps. Réessayez dans un instant.',
  '{{providerNames}} answered with a redirect, which is not followed. Enter the address it finally leads to.':
    '{{providerNames}} a répondu par une redirection, qui n’est pas suivie. Saisissez l’adresse à laquelle elle mène finalement.',
  'Something answers at this address, but it does not speak like Ollama. Check the address and the port.':
    'Quelque chose répond à cette adresse, mais pas comme Ollama. Vérifiez l’adresse et le port.',
  '{{providerNames}} sent an answer that could not be understood. Try again in a moment.':
    '{{providerNames}} a envoyé une réponse incompréhensible. Réessayez dans un instant.',
  'The provider answers, but offers this account no model that chats.':
    'Le fournisseur répond, mais n’offre à ce compte aucun modèle de conversation.',
  'The server at the address in {{addressVariables}} has no list of models like {{providerNames}}’s. Check the address: it is the one to which /models is added.':
    'Le serveur à l’adresse de {{addressVariables}} n’a pas de liste de modèles comme celle de {{providerNames}}. Vérifiez l’adresse : c’est celle à laquelle /models est ajouté.',
  'The answer broke off.': 'La réponse s’est interrompue.',
  'The address must not have a ? or # part.': 'L’adresse ne doit pas avoir de partie ? ou #.',
  'The {{name}} account is out of credit or over its quota.':
    'Le compte {{name}} n’a plus de crédit ou a épuisé son quota.',
  '{{providerNames}} cannot run this model{{words}}.': '{{providerNames}} ne peut pas exécuter ce modèle{{words}}.',
  'Add credits under Billing in the Anthropic console.': 'Ajoutez du crédit sous Billing dans la console Anthropic.',
  'Add credits under Billing in the OpenAI platform settings.':
    'Ajoutez du crédit sous Billing dans les paramètres de la plateforme OpenAI.',
  'Check the plan and quotas of the project in Google AI Studio.':
    'Vérifiez l’offre et les quotas du projet dans Google AI Studio.',
  'Wait until the limit resets or upgrade the plan on ollama.com.':
    'Attendez que la limite soit réinitialisée ou changez d’offre sur ollama.com.',
  'Check the limits of the server.': 'Vérifiez les limites du serveur.',
  '{{name}} wants a sign-in at this address. Check the address, or {{keyPages}}.':
    '{{name}} demande une connexion à cette adresse. Vérifiez l’adresse ou {{keyPages}}.',
  '{{name}} rejected this API key. Check that it was copied whole and is still active in {{keyPages}}.':
    '{{name}} a refusé cette clé d’API. Vérifiez qu’elle a été copiée en entier et qu’elle est encore active {{keyPages}}.',
  '{{name}} is receiving too many requests from this account right now. Try again in a moment.':
    '{{name}} reçoit trop de requêtes de ce compte en ce moment. Réessayez dans un instant.',
  "{{model}} is not installed in Ollama. Pull it there, or choose another model in the agent's settings.":
    '{{model}} n’est pas installé dans Ollama. Téléchargez-le là-bas, ou choisissez un autre modèle dans les paramètres de l’agent.',
  "{{model}} is not available from {{name}} for this account. Choose another model in the agent's settings.":
    '{{model}} n’est pas disponible chez {{name}} pour ce compte. Choisissez un autre modèle dans les paramètres de l’agent.',
  'The conversation is longer than this model can read. Start a new conversation, or choose a model with a larger context.':
    'La conversation est plus longue que ce que ce modèle peut lire. Commencez une nouvelle conversation, ou choisissez un modèle au contexte plus grand.',
  'Ollama cannot be reached. Check that it is running and that the address is right.':
    'Ollama n’est pas joignable. Vérifiez qu’il tourne et que l’adresse est juste.',
  '{{name}} cannot be reached right now. Try again in a moment.':
    '{{name}} n’est pas joignable en ce moment. Réessayez dans un instant.',
  'The answer was stopped.': 'La réponse a été arrêtée.',
  '{{name}} could not answer this request.': '{{name}} n’a pas pu répondre à cette requête.',
  'Something went wrong while answering. Try again; if it keeps happening, ask an administrator.':
    'Une erreur s’est produite pendant la réponse. Réessayez ; si cela continue, demandez à un administrateur.',
  'The answer did not come to an end and was stopped. Ask again, or choose another model.':
    'La réponse n’en finissait pas et a été arrêtée. Redemandez, ou choisissez un autre modèle.',
  'The model gave an empty answer. Try again, or choose another model.':
    'Le modèle a donné une réponse vide. Réessayez, ou choisissez un autre modèle.',
  'This conversation is longer than the model can read, and the model gave no whole summary of it. Start a new conversation, or choose a model with a larger context.':
    'Cette conversation est plus longue que ce que le modèle peut lire, et il n’en a pas donné de résumé entier. Commencez une nouvelle conversation, ou choisissez un modèle au contexte plus grand.',
  'The OpenClaw Gateway could not answer. Try again; its log says why.':
    'La passerelle OpenClaw n’a pas pu répondre. Réessayez ; son journal dit pourquoi.',
  'The answer was stopped in the OpenClaw Gateway. Ask again to get the whole answer.':
    'La réponse a été arrêtée dans la passerelle OpenClaw. Redemandez pour obtenir la réponse entière.',
  'The model took too long, and the OpenClaw Gateway stopped waiting for it. Ask again in a moment.':
    'Le modèle a mis trop de temps, et la passerelle OpenClaw a cessé de l’attendre. Redemandez dans un instant.',
  'The agent decided that there is nothing to answer. Ask again, and say what you want to know.':
    'L’agent a décidé qu’il n’y a rien à répondre. Redemandez, et dites ce que vous voulez savoir.',
  'Its outcome never arrived. It may have been done.': 'Son résultat n’est jamais arrivé. Il a peut-être été exécuté.',
  '{{name}} refused the key or its quota a moment ago, so the OpenClaw Gateway does not ask it again for about 1 minute. An admin can check the key under Settings → Providers.':
    '{{name}} a refusé la clé ou son quota il y a un instant, la passerelle OpenClaw ne l’interroge donc plus pendant une minute. Un administrateur peut vérifier la clé sous Paramètres → Fournisseurs.',
  '{{name}} refused the key or its quota a moment ago, so the OpenClaw Gateway does not ask it again for about {{count}} minutes. An admin can check the key under Settings → Providers.':
    '{{name}} a refusé la clé ou son quota il y a un instant, la passerelle OpenClaw ne l’interroge donc plus pendant environ {{count}} minutes. Un administrateur peut vérifier la clé sous Paramètres → Fournisseurs.',
  'The OpenClaw Gateway could not ask Pinchy about this answer. Try again; if it stays so, an admin can check the address and the token that the gateway has for Pinchy.':
    'La passerelle OpenClaw n’a pas pu interroger Pinchy sur cette réponse. Réessayez ; si cela persiste, un administrateur peut vérifier l’adresse et le jeton que la passerelle a pour Pinchy.',
  'The OpenClaw Gateway that runs the agents is being restarted. Try again in a few minutes.':
    'La passerelle OpenClaw qui exécute les agents redémarre. Réessayez dans quelques minutes.',
  'The OpenClaw Gateway that runs the agents cannot be reached. Try again in a moment.':
    'La passerelle OpenClaw qui exécute les agents n’est pas joignable. Réessayez dans un instant.',
  'This message was not found among what is shown.': 'Ce message est introuvable parmi ce qui est affiché.',
  'This cannot be allowed for a whole conversation. Decide about this call alone.':
    'Ceci ne peut pas être permis pour toute une conversation. Décidez de ce seul appel.',
  'This was not found, or was taken back already.': 'Ceci est introuvable, ou a déjà été retiré.',
};
