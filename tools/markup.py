import re,json,unicodedata
def read(path):
    art=None;mode=None
    for n,line in enumerate(open(path,encoding='utf-8'),1):
        line=unicodedata.normalize('NFC',line.rstrip('\n'))
        if line.startswith('@ '):
            if art: yield art
            f=[x.strip() for x in line[2:].split('|',2)]
            art=dict(id=f[0],published=f[1],title=f[2],body=[],partners={},events=[],optional=[],line=n,problems=[]);mode='text'; continue
        if art is None: continue
        if line.strip()=='---': mode='notes'; continue
        if mode=='text': art['body'].append(line); continue
        if not line.strip(): continue
        f=[x.strip() for x in line.split('|')]
        try:
            if re.match(r'P\d+ *\|',line):
                art['partners'][f[0]]=dict(name=f[1],kind=f[2],country=f[3] or None,match=[x.strip() for x in f[4].split(';') if x.strip()])
            elif line[0] in '=?':
                f[0]=f[0][1:].strip()
                ids=lambda s:[x.strip() for x in s.split(',') if x.strip()]
                s,a=ids(f[3]),ids(f[4])
                e=dict(type=f[0],status=f[1],partners=[dict(art['partners'][p.strip()]) for p in f[2].split('+')],
                  sectors=[x for x in s if x[0]!='~'],sectors_optional=[x[1:] for x in s if x[0]=='~'],
                  activities=[x for x in a if x[0]!='~'],activities_optional=[x[1:] for x in a if x[0]=='~'],
                  date=f[5] or None,place=f[6] or None,evidence=[q.strip() for q in '|'.join(f[7:]).split(' // ') if q.strip()])
                art['events' if line[0]=='=' else 'optional'].append(e)
            else: art['problems'].append(f'line {n}: not understood: {line[:60]}')
        except (KeyError,IndexError) as err: art['problems'].append(f'line {n}: {type(err).__name__} {err}: {line[:80]}')
    if art: yield art
def pair(art):
    text='\n'.join(art['body']).strip()
    a=dict(id=art['id'],lang=art['id'][:2],published=art['published'],title=art['title'],text=text)
    g=dict(id=art['id'],events=art['events'],optional_events=art['optional'])
    return a,g
