#include "subject/site/rule_text.h"

#include "store/setting/setting.h"

const char *const rule_first_text[RULE_COUNT][LANG_COUNT] = {
	[RULE_COLLECTION] = { [LANG_ZH] = "## "
					  "一、收集范围\n\n本平台收集移动互联网应用程序（APP）、小程序、公众号、软件开发工具包（SDK）及其后"
					  "台服务存在的安全漏洞。通用型漏洞指随产品交付、"
					  "影响该产品所有使用者的漏洞；事件型漏洞指某一运营者正在运行的系统存在的漏洞。其他类型产品的漏洞，"
					  "转送有关漏洞库，保留受理时间。\n\n"
					  "## 二、收集方式\n\n1. 通过本网站表单、接口报送；不以邮件、即时通信工具接收漏洞内容。\n2. "
					  "不注册账号也可以报送，凭查询码办理；注册用户凭账号办理。\n"
					  "3. 严禁报送国家秘密。发现疑似国家秘密的，立即隔离并按规定处理。\n4. "
					  "不得以破坏系统、窃取数据等非法手段获取漏洞。\n\n"
					  "## "
					  "三、报送材料\n\n报送应当写明产品名称和受影响版本、漏洞类型、可复现的步骤和影响。材料不全的，要求"
					  "补正。\n\n"
					  "## 四、受理与时限\n\n1. 收到即生成受理号和经签名的回执，回执证明收到时间而不泄露内容。\n2. "
					  "形式审查时限为 {formal_review_days} 个工作日；补正时限为 "
					  "{supplement_days} 个工作日，补正期间审查时限暂停。\n3. 不予收录的，告知理由和依据。\n4. "
					  "与在先报送重复的，告知在先报送的编号和时间，不告知其内容。\n\n"
					  "## 五、留存\n\n漏洞信息接收日志自收到之日起留存不少于六个月，包括未予收录的报送。\n",
		[LANG_EN] = "## 1. Scope\n\nThe platform collects vulnerabilities of mobile apps, mini-programs, official accounts, "
			    "software development kits (SDK) and their back ends. A generic "
			    "vulnerability is delivered with a product and concerns all who use it; an incident concerns one operator's "
			    "running system. Vulnerabilities of other products are "
			    "passed on to the library in charge; the time of reception is kept.\n\n"
			    "## 2. Way\n\n1. Through the forms and interfaces of this site; never by mail or chat.\n2. With or without "
			    "account: a visitor acts with a claim code.\n3. State secrets "
			    "must not be sent. What appears to be one is isolated at once and handled as the law says.\n4. Vulnerabilities "
			    "must not be found by damaging systems or stealing data.\n\n"
			    "## 3. What a report contains\n\nProduct, affected versions, class of weakness, steps that can be followed, "
			    "and impact. What is missing is asked for.\n\n"
			    "## 4. Reception and limits\n\n1. A number and a signed receipt come at once. The receipt proves the time "
			    "without revealing the content.\n2. The formal review takes at "
			    "most {formal_review_days} working days; additions {supplement_days} working days, during which the review's "
			    "clock stands still.\n3. A refusal names its reason and "
			    "rule.\n4. A duplicate is told the earlier report's number and time, never its content.\n\n"
			    "## 5. Retention\n\nThe log of receptions is kept for six months at least, refused reports included.\n" },
	[RULE_VERIFICATION] = { [LANG_ZH] = "## 一、验证\n\n1. "
					    "验证人员应当与产品无利害关系，并已签署保密承诺。报送人不得参与本人报送的审查、验证和发布决定。"
					    "\n2. 验证时限为 {verify_days} 个工作日。结论分为复现、"
					    "未复现，并附证据。\n3. 验证在隔离环境中进行；不得对正在运行的系统造成影响。\n\n"
					    "## 二、评估\n\n1. 按照 GB/T 30279-2020 评定类型、技术分级和综合分级，并记录各项取值；同时给出 "
					    "CVSS 评分。\n2. 评级由验证人员提出，由协调人员在 {rating_days} 个工作日内"
					    "确认。报送人自评与最终评级并列保存。\n\n"
					    "## 三、收录\n\n确认评级后收录并赋予漏洞编号。编号唯一，不重复使用。\n\n## "
					    "四、异议\n\n对审查、查重、评级结论有异议的，可以通过报送页面的对话提出，由协调人员答复。\n",
		[LANG_EN] = "## 1. Verification\n\n1. Verifiers have no interest in the product and are bound to confidentiality. Nobody "
			    "reviews, verifies or decides about a report of their own.\n"
			    "2. Verification takes at most {verify_days} working days. It ends with reproduced or not reproduced, and "
			    "evidence.\n3. It takes place in an isolated environment and must "
			    "not affect running systems.\n\n"
			    "## 2. Assessment\n\n1. Class, technical level and overall level follow GB/T 30279-2020 with each input "
			    "recorded; a CVSS score stands beside them.\n2. The verifier "
			    "proposes, a coordinator confirms within {rating_days} working days. The reporter's own rating is kept beside "
			    "the final one.\n\n"
			    "## 3. Acceptance\n\nA confirmed vulnerability is accepted and given a number. Numbers are unique and never "
			    "used again.\n\n## 4. Objections\n\nWhoever disagrees with a "
			    "review, a duplicate or a rating says so in the conversation of the report; a coordinator answers.\n" },
	[RULE_NOTICE] = { [LANG_ZH] = "## 一、通知对象\n\n漏洞收录后，通知产品提供者；涉及上游组件的，由提供者通知上游提供者。\n\n"
				      "## 二、通知方式\n\n1. 在 {contact_days} 个工作日内联系产品提供者，记录每次联系的途径和结果。\n2. "
				      "向没有账号的提供者发出的首次通知不含漏洞内容，核实身份后再提供细节。\n"
				      "3. 电子邮件只含编号和链接，不含未公开漏洞的任何内容。\n\n"
				      "## "
				      "三、修补\n\n产品提供者应当及时验证并组织修补；需要用户升级的，及时告知用户。修补时限由平台按漏洞级别"
				      "设定，显示在处置页面，时限届满自动提示。\n\n"
				      "## "
				      "四、提供者的法定义务\n\n依照《网络产品安全漏洞管理规定》第七条，提供者应当在发现或者获知漏洞后两日内"
				      "向工业和信息化部网络安全威胁和漏洞信息共享平台报送。本平台的通知不免除该义务。\n",
		[LANG_EN] = "## 1. Who is told\n\nThe product's provider, once a vulnerability is accepted; where a component of others is "
			    "concerned the provider tells its provider.\n\n"
			    "## 2. How\n\n1. The provider is contacted within {contact_days} working days; each attempt is recorded with "
			    "its way and result.\n2. A first notice to a provider without "
			    "account holds no content; details follow proof of identity.\n3. Mail holds a number and a link, and nothing "
			    "of an undisclosed vulnerability.\n\n"
			    "## 3. Repair\n\nThe provider verifies and repairs in time and tells users who must update. The limit follows "
			    "the level, stands on the page of the matter, and is "
			    "escalated when it ends.\n\n"
			    "## 4. The provider's own duty\n\nArticle 7 of the Regulations on Security Vulnerabilities of Network Products "
			    "obliges providers to report to the platform of the Ministry of "
			    "Industry and Information Technology within two days of learning of a vulnerability. Our notice does not "
			    "release from it.\n" },
	[RULE_PUBLICATION] = { [LANG_ZH] = "## 一、发布条件\n\n1. 在产品提供者提供修补措施之前不发布。\n2. "
					   "不发布网络运营者在用的网络、信息系统及其设备的漏洞细节；事件型漏洞不公开。\n3. "
					   "不发布专门用于利用漏洞的程序和工具。\n"
					   "4. 发布漏洞信息时同步发布修补或者防范措施。\n5. 不夸大漏洞的危害和风险。\n6. "
					   "未公开的漏洞信息不向产品提供者以外的境外组织或者个人提供。\n7. "
					   "重大活动期间，未经公安部同意不发布。\n\n"
					   "## 二、发布程序\n\n协调人员拟定公开内容，由另一名发布人员逐项核对后批准；核对时限为 "
					   "{publication_days} 个工作日。\n\n"
					   "## 三、公告内容\n\n公告按照 GB/T 28458-2020 "
					   "描述：编号、名称、发布时间、类别、等级、受影响产品、相关编号、存在性说明、解决方案等。\n\n"
					   "## 四、更正与撤回\n\n公告的每次修订均有记录；有误的公告予以撤回并说明理由。\n",
		[LANG_EN] = "## 1. Conditions\n\n1. Nothing is published before the provider offers a repair.\n2. Details of systems and "
			    "equipment that an operator has in use are not published; incidents "
			    "never are.\n3. No programs or tools for exploitation are published.\n4. Repair or precautions are published "
			    "with the vulnerability.\n5. Harm and risk are not exaggerated.\n"
			    "6. Undisclosed information goes to nobody abroad but the product's own provider.\n7. During major events "
			    "nothing is published without consent of the Ministry of Public "
			    "Security.\n\n"
			    "## 2. Procedure\n\nA coordinator drafts the public text; another person, a publisher, checks each condition "
			    "and approves within {publication_days} working days.\n\n"
			    "## 3. The record\n\nIt follows GB/T 28458-2020: identifier, name, time, class, level, affected product, "
			    "related numbers, statement of existence, solution and others.\n\n"
			    "## 4. Corrections\n\nEach revision is recorded. A wrong record is withdrawn, with the reason.\n" },
	[RULE_IDENTITY] = { [LANG_ZH] = "## 一、个人\n\n1. 注册须验证电子邮箱。未认证用户可以报送漏洞。\n2. "
					"申请认证须提供真实姓名、联系电话和证件号码，由工作人员核实；核实结果为已认证或者退回，退回须说明理"
					"由。\n3. 证件号码等"
					"个人信息加密保存，只用于身份核实。\n\n## 二、单位\n\n1. "
					"单位认证须提供统一社会信用代码、营业执照和加盖公章的授权书，由工作人员核实。任何人不得核实本人所在"
					"单位。\n2. 单位管理员邀请"
					"成员、管理成员权限；成员离开后，其凭单位取得的权限即时终止。\n\n## "
					"三、工作人员\n\n能够查看未公开漏洞的人员必须启用第二因素认证。角色由一名安全管理员提出、另一名安全"
					"管理员批准。\n",
		[LANG_EN] = "## 1. People\n\n1. An account begins with a verified mail address. People who are not verified may "
			    "report.\n2. For verification they give real name, telephone and the number of an "
			    "identity document; staff verify or return it with a reason.\n3. Such data is kept encrypted and serves this "
			    "purpose only.\n\n## 2. Organisations\n\n1. They show their unified "
			    "social credit code, licence and a stamped authorisation, which staff check. Nobody checks their own "
			    "organisation.\n2. Its administrators invite members and manage their "
			    "rights; what follows from membership ends with it at once.\n\n## 3. Staff\n\nWhoever can see undisclosed "
			    "vulnerabilities has a second factor. One security administrator asks for "
			    "a role, another approves it.\n" },
	[RULE_CLASSES] = { [LANG_ZH] = "## 一、用户类别\n\n1. 公众：查询公告，凭查询码报送。\n2. 报送人：报送并跟踪本人的报送。\n3. "
				       "技术支撑单位成员、管理员。\n4. 漏洞治理合作单位（厂商）成员、管理员。\n5. 工作人员：协调、验证、"
				       "发布、文字、编辑、编审等。\n6. 系统、安全、审计管理员：三者互斥，均不因该身份查看漏洞内容。\n\n## "
				       "二、分级管理\n\n1. 按最小必要授权：每人只能查看与本人职责有关的事项。\n2. 查看他人未公开"
				       "的事项逐次记录。\n3. 发布、授予角色须由两人完成。\n4. "
				       "违反本规则或者法律规定的，停用账号；涉嫌违法的，移送有关部门。\n",
		[LANG_EN] = "## 1. Classes\n\n1. The public: reads records, reports with a claim code.\n2. Reporters: report and follow "
			    "their own reports.\n3. Members and administrators of support units.\n"
			    "4. Members and administrators of vendors.\n5. Staff: coordinators, verifiers, publishers, writers, editors, "
			    "approvers and others.\n6. System, security and audit "
			    "administrators: the three exclude one another, and none of them sees vulnerabilities for that reason.\n\n## "
			    "2. Levels\n\n1. Need to know: everybody sees what their task needs.\n"
			    "2. Each reading of an undisclosed matter of others is recorded.\n3. Publication and the grant of roles need "
			    "two people.\n4. Accounts that break the rules or the law are "
			    "disabled; unlawful acts are passed on to the authorities.\n" },
	[RULE_TERMS] = { [LANG_ZH] = "1. "
				     "用户应当遵守《网络安全法》《网络产品安全漏洞管理规定》等法律法规，不得利用本平台从事危害网络安全的活"
				     "动。\n2. 用户对所报送内容的真实性、合法性负责；不得报送国家秘密。\n3. 漏洞公开之前，用户"
				     "不得向他人披露。\n4. "
				     "报送的权属：首次报送的事实由签名回执证明；单位成员以单位名义报送的，报送归单位，署名归个人。\n5. "
				     "署名方式由报送人选择；选择匿名的，公告不出现其姓名。\n6. 平台按照公布的"
				     "规则和时限办理；时限和进展显示在事项页面。\n7. "
				     "用户应当妥善保管口令、第二因素和查询码。遗失查询码且无账号的，平台无法恢复。\n8. "
				     "协议修订须经两人批准，以新版本公布；用户重新同意后适用。\n",
		[LANG_EN] = "1. Users keep to the law, among others the Cybersecurity Law and the Regulations on Security Vulnerabilities "
			    "of Network Products, and do not use the platform against the security of "
			    "networks.\n2. They answer for what they send being true and lawful, and send no state secrets.\n3. They "
			    "disclose nothing to others before publication.\n4. That a report was the first is "
			    "proven by its signed receipt. What a member sends for an organisation is the organisation's; the credit is "
			    "the person's.\n5. Reporters choose how they are named; who stays anonymous "
			    "is not named.\n6. The platform works by the published rules and limits, which stand on the page of each "
			    "matter.\n7. Users keep password, second factor and claim code safe. A lost "
			    "claim code without account cannot be restored.\n8. A change needs two people, is published as a new version "
			    "and applies to those who agree to it.\n" },
	[RULE_PRIVACY] = { [LANG_ZH] = "## 一、处理哪些信息、为何处理\n\n1. 账号：电子邮箱、昵称、语言，用于登录和通知。\n2. "
				       "认证：姓名、电话、证件号码，用于法规要求的身份核实。\n3. "
				       "报送：您填写的内容和附件，用于漏洞处置；您提供的"
				       "联系方式只有协调人员可以查看。\n4. 安全：登录会话的地址和设备信息、操作记录，用于安全审计。\n\n## "
				       "二、如何保护\n\n个人信息和未公开内容以独立密钥加密保存；查看均有记录；邮件不含内容。"
				       "平台不使用第三方统计、广告或者外部脚本。\n\n## "
				       "三、保存期限\n\n日志保存不少于六个月；账号信息保存至账号停用后法规要求的期限届满。撤回或者到期的事"
				       "项销毁密钥，内容不可恢复。\n\n"
				       "## "
				       "四、提供与公开\n\n依法向主管部门报送漏洞信息；公开署名以您的选择为准。除法律规定外，不向他人提供个"
				       "人信息。\n\n## 五、您的权利\n\n您可以查阅、更正账号信息，撤回同意，申请停用账号；"
				       "通过联系页面提出，平台答复并说明理由。\n",
		[LANG_EN] = "## 1. What is processed, and why\n\n1. Account: mail address, handle, language; to sign in and to be "
			    "told.\n2. Verification: name, telephone, number of an identity document; the law asks "
			    "for it.\n3. Reports: what you write and attach, to handle the vulnerability; your contact is seen by "
			    "coordinators only.\n4. Security: address and device of sessions, and a record of "
			    "actions; for audit.\n\n## 2. Protection\n\nPersonal data and undisclosed content are encrypted with keys of "
			    "their own; each reading is recorded; mails hold no content. No statistics, "
			    "advertisements or scripts of others are used.\n\n## 3. Retention\n\nLogs are kept for six months at least; "
			    "accounts as long as the law asks after they are closed. When a matter is "
			    "withdrawn or its time is over its key is destroyed, and nobody can read it again.\n\n## 4. "
			    "Others\n\nVulnerabilities are reported to the authorities as the law says; you choose whether "
			    "you are named. Otherwise nobody is given personal data unless the law demands it.\n\n## 5. Your rights\n\nYou "
			    "may read and correct your account, withdraw consent and have it closed: "
			    "write to us through the contact page, and we answer with reasons.\n" },
	[RULE_CONFIDENTIALITY] = { [LANG_ZH] = "本人/本单位承诺：\n\n1. "
					       "对因参与报送、验证、处置、评审而知悉的未公开漏洞信息严格保密，只用于所承担的工作。\n2. "
					       "不复制、传播、交易未公开漏洞信息，不向产品提供者以外的境外组织或者个人提供。\n"
					       "3. 不利用漏洞，不对正在运行的系统实施测试以外的操作。\n4. "
					       "与产品存在利害关系的，主动说明并回避。\n5. 工作结束后停止使用并删除有关材料。\n6. "
					       "知悉平台记录每次查看，通知件带有可追溯标识。\n"
					       "7. "
					       "违反承诺的，承担相应法律责任，平台可以停用账号并报告主管部门。\n\n保密义务自知悉之时起，至"
					       "漏洞依法公开之时止。\n",
		[LANG_EN] = "I, or we, undertake\n\n1. to keep undisclosed vulnerabilities that we learn of in reporting, verification, "
			    "handling or review strictly confidential and to use them for that work alone;\n"
			    "2. not to copy, spread or trade them, nor give them to anybody abroad but the product's own provider;\n3. not "
			    "to exploit vulnerabilities, nor to touch running systems beyond testing;\n"
			    "4. to name any interest in the product and to step back;\n5. to stop using and to delete the material when "
			    "the work is over;\n6. knowing that each reading is recorded and that notices "
			    "can be traced to their recipient;\n7. to answer for a breach under the law; the platform may disable the "
			    "account and tell the authorities.\n\nThe undertaking begins when one learns of a "
			    "vulnerability and ends when it is lawfully published.\n" },
	[RULE_UNITS] = { [LANG_ZH] = "## 一、资格\n\n1. "
				     "支撑单位分为技术支撑单位和漏洞治理合作单位，经公开遴选产生，自愿申报、公平公正、开放竞争、优中选优。"
				     "\n2. 资格以证书为凭，有效期、方向和星级以本平台公布的名录为准。\n\n## 二、职责\n\n1. "
				     "技术支撑单位报送原创漏洞信息，共享重大漏洞和事件预警，承担漏洞审查、验证和技术支持。\n2. "
				     "漏洞治理合作单位报送自有产品漏洞信息，共享预警，协助处置漏洞。\n3. "
				     "对知悉的未公开漏洞信息保密，与产品有利害关系的主动说明并回避。\n\n## "
				     "三、变更\n\n合并、分立、更名、法定代表人或者业务范围变化的，及时告知本平台，由本平台重新核查。\n\n## "
				     "四、整改、暂停与撤销\n\n1. 未履行职责的，给予 {unit_probation_days} "
				     "个工作日的整改期；期满仍不符合要求的，暂停资格。暂停不延长有效期。\n2. "
				     "有撤销情形的，由两人先后决定，公布理由；撤销后在公布的期限内不受理其申报。\n3. "
				     "对暂停、撤销不服的，可以在告知的期限内申诉，由未参与原决定的人员答复。\n\n## 五、续期与退出\n\n1. "
				     "到期前提醒；续期换发新号证书，注明所替代的证书。\n2. 支撑单位可以随时申请退出。\n",
		[LANG_EN] =
			"## 1. Standing\n\n1. Technical support units and vulnerability-governance partners are selected in open rounds: "
			"voluntary, fair, open, competitive, the best are chosen.\n2. The certificate shows the standing; days, direction "
			"and stars are what the register of this platform says.\n\n## 2. Duties\n\n1. Technical support units send "
			"original vulnerabilities, share warnings of major vulnerabilities and incidents, review and verify, and give "
			"technical support.\n2. Partners send vulnerabilities of their own products, share warnings, and help to deal with "
			"vulnerabilities.\n3. What is undisclosed is kept confidential; whoever has an interest in a product says so and "
			"steps back.\n\n## 3. Changes\n\nA merger, a division, a new name, a new legal representative or another scope is "
			"told to the platform at once and reviewed.\n\n## 4. Probation, suspension, revocation\n\n1. A unit that neglects "
			"its duties has {unit_probation_days} working days to put things right, and is suspended otherwise. A suspension "
			"does not prolong the days of validity.\n2. A revocation is decided by two people one after the other, with its "
			"reason made public; for the time that is stated, no application is taken.\n3. Against suspension and revocation a "
			"unit may appeal within the time it is told; somebody who did not take part answers.\n\n## 5. Renewal and "
			"leaving\n\n1. Reminders go out before the end; a renewal gives a certificate of a new number that names the one "
			"it replaces.\n2. A unit may leave at any time.\n" },
};

static bool value_of(Call *call, Text name, Text *out)
{
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (text_is(name, text_from(setting_table[i].name)) && setting_table[i].kind == SETTING_INT) {
			*out = setting_text(call, (SettingId)i);
			return true;
		}
	return false;
}

Text rule_filled(Call *call, Text text)
{
	Buffer out = { .arena = call->arena };
	size_t from, to;
	Text value;
	while (text_find(text, TEXT("{"), &from)) {
		Text rest = text_slice(text, from + 1, text.length);
		buffer_put(&out, text_slice(text, 0, from));
		if (text_find(rest, TEXT("}"), &to) && value_of(call, text_slice(rest, 0, to), &value)) {
			buffer_put(&out, value);
			text = text_slice(rest, to + 1, rest.length);
		} else {
			buffer_byte(&out, '{');
			text = rest;
		}
	}
	buffer_put(&out, text);
	return buffer_text(&out);
}
