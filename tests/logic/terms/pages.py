"""Invented terms in several languages, long enough to be told apart."""

from bot.model import Document, DocumentRead, Extracted, Validators

ENGLISH = (
    "These terms are an agreement between you and Tonebarn. By using the service you agree to them and to our policy. "
    "You keep all rights in the content that you upload, and you give us the licence that we need to stream it. "
    "You must not upload content that is prohibited, or that infringes the copyright of others in any way. "
    "We may terminate your account if you violate this agreement, and you may close it on any day that you like. "
    "Our liability is limited to what the governing law of this agreement asks for, and no warranty is given. "
)
GERMAN = (
    "Diese Bedingungen sind ein Vertrag zwischen Ihnen und der Tonebarn GmbH. Durch die Nutzung stimmen Sie ihnen zu. "
    "Sie behalten alle Rechte an den Inhalten, die Sie hochladen, und geben uns die Lizenz, die wir für den Dienst brauchen. "
    "Es ist verboten, Inhalte hochzuladen, die das Urheberrecht von anderen verletzen oder nicht von Ihnen sind. "
    "Wir dürfen das Konto mit einer Kündigung schließen, wenn Sie gegen diesen Vertrag verstoßen, und Sie auch. "
    "Die Haftung ist auf das beschränkt, was das Recht am Gerichtsstand verlangt, und eine Gewährleistung gibt es nicht. "
)
FRENCH = (
    "Ces conditions sont un contrat entre vous et Tonebarn. En utilisant le service, vous donnez votre accord. "
    "Vous gardez tous les droits sur les contenus que vous mettez en ligne et vous nous donnez une licence pour le service. "
    "Il est interdit de mettre en ligne un contenu qui porte atteinte à la propriété des autres ou qui ne est pas à vous. "
    "Nous pouvons fermer le compte par une résiliation si vous ne respectez pas ce contrat, et vous aussi, à tout moment. "
    "La responsabilité est limitée par le droit de la juridiction, et aucune garantie ne est donnée pour le service. "
)
SPANISH = (
    "Estas condiciones son un contrato entre usted y Tonebarn. Al usar el servicio, usted da su consentimiento a ellas. "
    "Usted conserva todos los derechos sobre el contenido que sube y nos da la licencia que es necesaria para el servicio. "
    "Está prohibido subir contenido que no es suyo o que viola los derechos de propiedad de otros en la plataforma. "
    "La cuenta puede ser cerrada con una rescisión si usted no cumple con el acuerdo, y usted puede cerrar la cuenta también. "
    "La responsabilidad es limitada por la ley de la jurisdicción, y no se da garantía alguna para el servicio. "
)
PORTUGUESE = (
    "Estes termos são um contrato entre você e a Tonebarn. Ao usar o serviço, você dá o seu consentimento a eles. "
    "Você mantém todos os direitos sobre o conteúdo que envia e nos dá a licença que é necessária para o serviço. "
    "É proibido enviar conteúdo que não é seu ou que viola os direitos de propriedade dos outros na plataforma. "
    "A conta pode ser fechada com uma rescisão se você não cumpre o acordo, e você pode fechar a conta também. "
    "A responsabilidade é limitada pela lei da jurisdição, e não se dá garantia alguma para o serviço em um caso. "
)
JAPANESE = (
    "この規約は、利用者とトーンバーンの間の契約です。サービスを利用することにより、利用者はこの規約に同意したものとみなされます。"
    "利用者は、アップロードしたコンテンツの権利を保持し、当社に必要な許諾を与えます。他人の著作権を侵害するコンテンツは禁止されています。"
    "当社の責任は準拠法が求める範囲に限られ、保証は行いません。契約はいつでも終了することができます。"
)

IN = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "pt": PORTUGUESE, "ja": JAPANESE}


def a_document(**changes: object) -> Document:
    values: dict[str, object] = {
        "id": "tonebarn-terms",
        "platform": "Tonebarn",
        "title": "Terms of Use",
        "url": "https://tonebarn.example/terms",
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def a_look(
    text: str = ENGLISH,
    *,
    title: str = "Terms of Use - Tonebarn",
    extractor: str = "main/1",
    body: bytes = b"<html></html>",
    url: str = "https://tonebarn.example/terms",
    whole_text: str | None = None,
) -> DocumentRead:
    return DocumentRead(
        document_id="tonebarn-terms",
        url=url,
        validators=Validators(),
        body=body,
        content_type="text/html",
        extracted=Extracted(text, text if whole_text is None else whole_text, title, extractor),
    )
